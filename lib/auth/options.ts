import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { context } from '@/lib/services/runtime';
import { SESSION_LIFE_MS, signIn, signOut } from '@/lib/services/user/session';
import { sessionCookieName } from './cookie';
import { passwordGate } from './password-gate';

/** The token in the cookie names a session row; whether that still holds is asked of the database every time. */
export function authOptions(): NextAuthOptions {
  const ctx = context();
  const secure = ctx.baseUrl.startsWith('https:');
  return {
    secret: ctx.keys.session.toString('hex'),
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_MS / 1000 },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(ctx.baseUrl),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        name: 'Password',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials, request) => {
          const email = credentials?.email ?? '';
          const password = credentials?.password ?? '';
          const address = String(request.headers?.['x-forwarded-for'] ?? 'local');
          return passwordGate(`${email.toLowerCase()}|${address}`, async () => {
            const session = await signIn(ctx, { email, password });
            return session && { id: session.sessionId, name: session.name, email: session.email };
          });
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sid: user.id } : token),
      session: ({ session }) => session,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await signOut(ctx, token.sid);
      },
    },
  };
}
