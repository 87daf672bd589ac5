import { forgetBuilds, serverBuild } from './build.mjs';
import { widgetBuilds } from './build-widget.mjs';
import { ROOT } from './environment.mjs';
import { say } from './terminal.mjs';

/** Rebuilds the server and the widget when their sources change; answers with the way to end it. */
export async function watchSources(onServerBuilt) {
  const { context } = await import('esbuild');
  forgetBuilds(['server', 'widget']);
  const contexts = await Promise.all([
    context({ ...serverBuild('server.ts', 'dist/server.js'), plugins: [report('server', onServerBuilt)] }),
    ...widgetBuilds(ROOT, { minify: false }).map((options) =>
      context({ ...options, plugins: [report('widget')] }),
    ),
  ]);
  await Promise.all(contexts.map((each) => each.watch()));
  return () => Promise.all(contexts.map((each) => each.dispose()));
}

function report(name, onBuilt = () => {}) {
  return {
    name: 'report',
    setup(build) {
      let first = true;
      build.onEnd(({ errors }) => {
        for (const { text, location } of errors)
          say(`${location?.file ?? name}:${location?.line ?? ''} ${text}`);
        // The first build only repeats what the start has just built.
        if (!first && errors.length === 0) {
          say(`Rebuilt the ${name}`);
          onBuilt();
        }
        first = false;
      });
    },
  };
}
