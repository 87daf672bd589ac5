import { join } from 'node:path';

/** How the customer's side is bundled: the loader that a site embeds, and the widget that it opens. */
export function widgetBuilds(root, { minify = true } = {}) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify,
    platform: 'browser',
    format: 'iife',
    alias: { '@': root },
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const output = join(root, 'public', 'built');
  const preact = join(root, 'components/widget/preact.ts');
  return [
    {
      ...common,
      entryPoints: [join(root, 'components/widget/main.tsx')],
      outfile: join(output, 'widget.js'),
      target: ['es2020'],
      jsx: 'automatic',
      jsxImportSource: 'preact',
      alias: {
        ...common.alias,
        react: preact,
        'react-dom/client': preact,
        'react/jsx-runtime': 'preact/jsx-runtime',
      },
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/widget.css')],
      outfile: join(output, 'widget.css'),
      external: ['/*'],
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/loader.ts')],
      outfile: join(output, 'baton.js'),
      target: ['es2019'],
    },
  ];
}
