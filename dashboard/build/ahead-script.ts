import type { Plugin } from 'vite';

/** Begins what is needed first while the page's program is still loading. */
const AHEAD = 'src/ahead.ts';

/** Puts a script into the page that runs as soon as it is there: the program's own waits for all that it imports, and for styles. */
export function aheadScript(): Plugin {
  let base = '/';
  return {
    name: 'ahead-script',
    apply: 'build',
    config: () => ({ build: { rolldownOptions: { input: ['index.html', AHEAD] } } }),
    configResolved: (config) => {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_page, { bundle = {} }) => {
        const script = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(AHEAD));
        if (script?.type !== 'chunk') throw new Error(`The build has no script of ${AHEAD}.`);
        const preload = script.imports.map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `${base}${name}` },
          injectTo: 'head-prepend' as const,
        }));
        const attrs = { type: 'module', async: true, crossorigin: true, src: `${base}${script.fileName}` };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }, ...preload];
      },
    },
  };
}
