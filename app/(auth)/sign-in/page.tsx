import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentAgent } from '@/lib/auth/current-agent';
import { DESK_HOME, deskPath } from '@/lib/domain/desk-path';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

type Asked = Promise<{ to?: string | string[] }>;

export default async function SignInPage({ searchParams }: { searchParams: Asked }) {
  const { to } = await searchParams;
  const wanted = (typeof to === 'string' ? deskPath(to) : null) ?? DESK_HOME;
  if (await currentAgent()) redirect(wanted);
  return <SignInForm to={wanted} />;
}
