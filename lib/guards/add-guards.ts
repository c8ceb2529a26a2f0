import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { AcceptedFinding } from './accepted-finding.ts';
import type { DecidedByOwner } from './accepted-findings.ts';
import { acceptedFindings } from './accepted-findings.ts';
import { VitrineChecks } from './vitrine-checks.ts';

/**
 * Has every synthesis of the app checked: CloudFormation's schemas, AWS's security and serverless rules, our own rules.
 * Call it when the stacks are complete.
 */
export function addGuards(app: App, config: DecidedByOwner): void {
  Validations.of(app).addPlugins(
    schemas(),
    new AwsSolutionsChecks(app),
    new ServerlessChecks(app),
    new VitrineChecks(),
  );
  for (const finding of acceptedFindings(config)) accept(app, finding);
}

/** @throws when a path of the finding is of no construct: it was renamed, or what was accepted is gone */
export function accept(app: IConstruct, { rule, at, reason }: AcceptedFinding): void {
  const constructs = app.node.findAll();
  for (const end of at) {
    const found = constructs.filter((one) => isAt(one.node.path, end));
    if (found.length === 0) throw new Error(`The accepted finding ${rule} names "${end}", which is no construct.`);
    for (const construct of found) Validations.of(construct).acknowledge({ id: rule, reason });
  }
}

const isAt = (path: string, end: string | RegExp): boolean =>
  typeof end === 'string' ? path === end || path.endsWith(`/${end}`) : end.test(path);

let engine: IPolicyValidationPlugin | undefined;

/** One for all apps of a process: starting the engine takes a second or more. */
function schemas(): IPolicyValidationPlugin {
  // The cast: its own type says `undefined` where the interface says absent.
  engine ??= new CloudFormationValidatePlugin() as IPolicyValidationPlugin;
  return engine;
}
