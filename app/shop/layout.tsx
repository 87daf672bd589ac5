import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import styles from './shop.module.css';

export const metadata: Metadata = {
  title: 'Larkfell, gear that gets mended',
  icons: { icon: '/icons/larkfell.svg' },
  description: 'Tents, packs and sleeping bags, made in Oslo and mended for life. A demo shop.',
};
export const viewport: Viewport = { colorScheme: 'light dark', themeColor: '#1f5c4a' };

/** The shop stands for a customer's own site: nothing of the desk's look or layout reaches it. */
export default function ShopLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={styles.root}>
      <body className={styles.body}>
        {children}
        <script async src="/built/baton.js" data-widget="larkfell" data-brand="#1f5c4a" />
      </body>
    </html>
  );
}
