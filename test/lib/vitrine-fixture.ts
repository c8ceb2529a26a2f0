import { Template } from 'aws-cdk-lib/assertions';
import { VitrineApp } from '../../lib/vitrine-app.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { fixtureCode } from './fixture-code.ts';

/** The whole app with code that is not bundled, and without guards unless the context says otherwise. */
export function vitrineApp(context: Record<string, unknown> = {}): VitrineApp {
  return new VitrineApp({
    code: fixtureCode(),
    outdir: temporaryFolder('assembly'),
    context: { 'vitrine:guards': 'off', ...context },
  });
}

/** Templates of home region and edge. */
export function templatesOf(app: VitrineApp): { readonly region: Template; readonly edge: Template } {
  return { region: Template.fromStack(app.regions[0]), edge: Template.fromStack(app.edge) };
}
