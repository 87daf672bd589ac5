'use client';

import { signIn, signOut } from 'next-auth/react';

/** Signs in with a password. False when it was wrong. */
export async function signInWithPassword(email: string, password: string): Promise<boolean> {
  const result = await signIn('credentials', { email, password, redirect: false });
  return result?.ok === true;
}

/** Ends the session on the server and goes to the sign-in page of this same origin. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign('/sign-in');
}
