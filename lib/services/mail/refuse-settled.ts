import { AppError } from '../errors';

/** Nothing can be done about a mail any more, or just now. */
export function refuseSettled(): AppError {
  return new AppError('conflict', 'It is being sent at this moment, or is done with. The list shows which.');
}
