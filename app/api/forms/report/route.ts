import { readText } from '@/lib/auth/read-body';
import { answerRead } from '@/lib/auth/route-answer';
import { AppError } from '@/lib/services/errors';
import { reportForm } from '@/lib/services/form/external';
import { context } from '@/lib/services/runtime';

const MAX_BODY = 256 * 1024;

/** Where a form that is hosted elsewhere reports what was filled in. No cookie counts here: the signature does. */
export function POST(request: Request): Promise<Response> {
  return answerRead(async () => {
    const body = await readText(request, MAX_BODY);
    if (body === null) throw new AppError('limit', 'That is too much at once.');
    const done = await reportForm(context(), body, request.headers.get('baton-signature') ?? '');
    switch (done.kind) {
      case 'sent':
        return { submitted: true };
      case 'faulty':
        throw new AppError('invalid', 'Some answers cannot be used.', { fields: { ...done.faults } });
      case 'submitted':
        throw new AppError('conflict', 'This form was submitted before.');
      case 'expired':
        throw new AppError('conflict', 'The link to this form has run out.');
      default:
        throw new AppError('not_found', 'There is no such form.');
    }
  });
}
