import '@fontsource-variable/inter';
import '../globals.css';
import './desk.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { deskAgent } from '@/lib/auth/current-agent';

export const metadata: Metadata = { title: { default: 'Baton', template: '%s · Baton' } };
export const dynamic = 'force-dynamic';

export default async function DeskLayout({ children }: { children: ReactNode }) {
  await deskAgent();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
