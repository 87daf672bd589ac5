import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentAgent } from '@/lib/auth/current-agent';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

export default async function SignInPage() {
  if (await currentAgent()) redirect('/inbox/pending');
  return <SignInForm />;
}
