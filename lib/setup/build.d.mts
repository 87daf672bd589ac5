import type { BuildOptions } from 'esbuild';

export function serverBuild(entry: string, outfile: string): BuildOptions;
