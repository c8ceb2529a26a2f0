import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';

/** Within the repository, where the compiler finds packages, and not in node_modules, whose files would count as another package. */
const FOLDER = join(PROJECT_ROOT, '.cache/public-interface');

/** Types of `lib/index.ts` and of what it imports, as the compiler declares them. */
function declare(): string {
  const config = join(FOLDER, 'tsconfig.json');
  const compilerOptions = {
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rewriteRelativeImportExtensions: true },
    ...{ outDir: FOLDER, rootDir: PROJECT_ROOT, tsBuildInfoFile: null },
  };
  mkdirSync(FOLDER, { recursive: true });
  const from = {
    extends: join(PROJECT_ROOT, 'tsconfig.json'),
    include: [join(PROJECT_ROOT, 'lib/index.ts')],
    exclude: [],
  };
  writeFileSync(config, JSON.stringify({ ...from, compilerOptions }));
  execFileSync(join(PROJECT_ROOT, 'node_modules/.bin/tsc'), ['-p', config], { stdio: 'pipe' });
  return join(FOLDER, 'lib/index.d.ts');
}

/** Compares the report, or writes it. @returns what is wrong with the interface, and whether the report was another one */
function report(entry: string, isWritten: boolean) {
  const wrong: string[] = [];
  const compilerOptions = {
    ...{ target: 'es2024', lib: ['es2024'], module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] },
    ...{ strict: true, skipLibCheck: true, allowImportingTsExtensions: true, noEmit: true },
  };
  const none = { logLevel: ExtractorLogLevel.None };
  const told = { logLevel: ExtractorLogLevel.Warning };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(PROJECT_ROOT, 'package.json'),
    configObject: {
      projectFolder: PROJECT_ROOT,
      mainEntryPointFilePath: entry,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: {
        ...{ enabled: true, reportFileName: 'vitrine.api.md', reportFolder: join(PROJECT_ROOT, 'lib') },
        reportTempFolder: FOLDER,
      },
      ...{ docModel: { enabled: false }, dtsRollup: { enabled: false }, tsdocMetadata: { enabled: false } },
      messages: {
        extractorMessageReporting: { default: none, 'ae-forgotten-export': told },
        ...{ tsdocMessageReporting: { default: none }, compilerMessageReporting: { default: told } },
      },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isWritten,
    messageCallback: (message: ExtractorMessage) => {
      const isOfReport = message.messageId.startsWith('console-');
      if (!isOfReport && message.logLevel === 'warning') wrong.push(message.text);
      message.handled = true;
    },
  });
  return { wrong, apiReportChanged };
}

it('what an app of its owner may use is what lib/vitrine.api.md says; UPDATE_DOCS=1 writes it anew', () => {
  const { wrong, apiReportChanged } = report(declare(), Boolean(process.env.UPDATE_DOCS));

  expect(wrong).toEqual([]);
  expect(apiReportChanged && !process.env.UPDATE_DOCS).toBe(false);
});
