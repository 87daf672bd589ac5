import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { setSkills, type setSkillsInput } from '@/lib/services/user/set-skills';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    setSkills(context(), await signedInAgent(), input as z.input<typeof setSkillsInput>),
  );
}
