import { join } from 'node:path';
import type { IReusableStackSynthesizer } from 'aws-cdk-lib';
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { builtCode } from './bundling/built-code.ts';
import type { CodeSource } from './bundling/code-source.ts';
import type { VitrineConfig } from './config/config.ts';
import { readConfig } from './config/config.ts';
import { addGuards } from './guards/add-guards.ts';
import { addStacks } from './stacks/add-stacks.ts';
import type { EdgeStack } from './stacks/edge-stack.ts';
import type { RegionStack } from './stacks/region-stack.ts';
import { DEPLOYED_CONTEXT_KEY, PROJECT_ROOT, projectContext } from './vitrine-context.ts';

export interface VitrineAppProps {
  /** Context values over those of cdk.json and the command line. @default none */
  readonly context?: Record<string, unknown>;
  /** Folder of the cloud assembly. @default where the CDK CLI wants it, else cdk.out */
  readonly outdir?: string;
  /** Where function code comes from. @default built from the repository */
  readonly code?: CodeSource;
}

/**
 * The deployment: a stack per region and one for the edge. Beside "vitrine" it reads two context keys:
 * `vitrine:guards`, 'on' (default) or 'off', and `vitrine:sharp-layer`, 'build' (default) or 'placeholder', see
 * `builtCode`. Both are for machines that run the assembly themselves; what is deployed is guarded and built.
 */
export class VitrineApp extends App {
  readonly config: VitrineConfig;
  readonly regions: readonly [RegionStack, ...RegionStack[]];
  readonly edge: EdgeStack;

  constructor(props: VitrineAppProps = {}) {
    super({
      context: projectContext(),
      ...(props.context && { postCliContext: props.context }),
      outdir: props.outdir ?? process.env.CDK_OUTDIR ?? join(PROJECT_ROOT, 'cdk.out'),
      autoSynth: false,
      defaultStackSynthesizer: synthesizer(),
      analyticsReporting: false,
      // The guards add it, so that it can be left out.
      builtinCloudFormationValidation: false,
    });
    this.config = readConfig(this.node.tryGetContext('vitrine'));
    const code = props.code ?? builtCode(PROJECT_ROOT, { sharpLayer: this.#choice('vitrine:sharp-layer', LAYERS) });
    const { config } = this;
    const { regions, edge } = addStacks(this, { config, code, deployed: this.#deployed(), webAclRules: [] });
    this.regions = regions;
    this.edge = edge;
    if (this.#choice('vitrine:guards', GUARDS) === 'on') addGuards(this, this.config);
  }

  /** Stacks that `npm run deploy` has deployed once; it notes them in cdk.context.json. */
  #deployed(): readonly string[] {
    const stacks: unknown = this.node.tryGetContext(DEPLOYED_CONTEXT_KEY);
    return Array.isArray(stacks) ? stacks.map(String) : [];
  }

  #choice<C extends string>(key: string, allowed: readonly [C, ...C[]]): C {
    const value = this.node.tryGetContext(key) ?? allowed[0];
    if (allowed.includes(value)) return value;
    throw new Error(`The context key "${key}" is ${JSON.stringify(value)}; allowed: ${allowed.join(', ')}.`);
  }
}

/**
 * The CLI checks the bootstrap version; a rule in the template would say the same again. (The cast: its own type says
 * `undefined` where the interface says absent.)
 */
function synthesizer(): IReusableStackSynthesizer {
  return new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IReusableStackSynthesizer;
}

/** The first is the default. */
const GUARDS = ['on', 'off'] as const;
const LAYERS = ['build', 'placeholder'] as const;
