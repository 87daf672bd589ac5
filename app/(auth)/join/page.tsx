import type { Metadata } from 'next';
import { Logo } from '@/components/ui/logo';
import { context } from '@/lib/services/runtime';
import { readInvitation } from '@/lib/services/user/join';
import { JoinForm } from './join-form';

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' };
export const dynamic = 'force-dynamic';

export default async function JoinPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams;
  const invitation = await readInvitation(context(), token);
  if (invitation === null) {
    return (
      <div className="auth-card">
        <Logo size={28} />
        <h1>This link is spent</h1>
        <p>It was used or has expired. Ask an admin for a new one, or sign in.</p>
        <a className="btn btn-36" href="/sign-in">
          Sign in
        </a>
      </div>
    );
  }
  return <JoinForm token={token} invitation={invitation} />;
}
