/** @type {import('next').NextConfig} */
module.exports = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: [
    'postgres',
    '@node-rs/argon2',
    'pino',
    'prom-client',
    'drizzle-orm',
    'wink-porter2-stemmer',
  ],
  headers: async () => [
    {
      source: '/((?!widget|return/|built/).*)',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
    },
  ],
};
