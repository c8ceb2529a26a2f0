import { readFileSync } from 'node:fs';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { Template } from './template.ts';
import { TEMPLATE_RULES } from './template-rules.ts';

/** Runs `TEMPLATE_RULES` on every synthesized template; any offender ends the synthesis. */
export class VitrineChecks implements IPolicyValidationPlugin {
  readonly name = 'Vitrine';
  readonly ruleIds = TEMPLATE_RULES.map((rule) => rule.name);

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = templatePaths.map((path) => ({ path, template: readTemplate(path) }));
    const violations = TEMPLATE_RULES.map(({ name, description, fix, offenders }) => ({
      ruleName: name,
      description,
      fix,
      severity: 'error',
      violatingResources: templates.flatMap(({ path, template }) =>
        offenders(template).map(({ logicalId }) => ({
          resourceLogicalId: logicalId,
          templatePath: path,
          locations: ['Properties'],
        })),
      ),
    })).filter(({ violatingResources }) => violatingResources.length > 0);
    return { success: violations.length === 0, violations };
  }
}

function readTemplate(path: string): Template {
  return JSON.parse(readFileSync(path, 'utf8')) as Template;
}
