import { join } from 'node:path';

/** What the widget has already is not bundled twice: `components/widget/shared-parts.ts` hands it over. */
const sharedParts = {
  name: 'shared-parts',
  setup(build) {
    const parts = /^(react|react\/jsx-runtime|\.\/(ask-list|icon|texts|use-focus-when-asked|use-widget))$/;
    build.onResolve({ filter: parts }, ({ path }) => ({ path, namespace: 'shared-parts' }));
    build.onLoad({ filter: /.*/, namespace: 'shared-parts' }, ({ path }) => ({
      contents: `module.exports = globalThis.batonParts[${JSON.stringify(path)}];`,
    }));
  },
};

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
      entryPoints: [join(root, 'components/widget/later-cards.ts')],
      outfile: join(output, 'later.js'),
      target: ['es2020'],
      jsx: 'automatic',
      jsxImportSource: 'react',
      plugins: [sharedParts],
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/widget.css')],
      outfile: join(output, 'widget.css'),
      external: ['/*'],
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/later.css')],
      outfile: join(output, 'later.css'),
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/approach.ts')],
      outfile: join(output, 'approach.js'),
      target: ['es2020'],
    },
    {
      ...common,
      entryPoints: [join(root, 'components/widget/loader.ts')],
      outfile: join(output, 'baton.js'),
      target: ['es2020'],
    },
  ];
}
