import '@fontsource-variable/inter';
import '../globals.css';
import '../(desk)/desk.css';
import './auth.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = { title: { default: 'Baton', template: '%s · Baton' } };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <main className="auth">{children}</main>
      </body>
    </html>
  );
}
