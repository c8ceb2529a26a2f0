import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { expect, inject, it } from 'vitest';
import { ADJUSTMENTS } from './adjustments.ts';
import { REGION, rootClients } from './clients.ts';
import type { Template } from './template.ts';
import { UNKNOWN_TYPES } from './unknown-types.ts';

/** Resource types of all templates, as they are deployed. */
function typesInUse(): string[] {
  const { folder, stacks } = inject('deployment').assembly;
  const types = stacks.flatMap(({ stack }) => {
    const template: Template = JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8'));
    return Object.values(template.Resources).map(({ Type }) => Type);
  });
  return [...new Set(types)];
}

async function isKnown(Type: string): Promise<boolean> {
  const { cloudFormation } = rootClients(inject('deployment').endpoint, REGION);
  const TemplateBody = JSON.stringify({ Resources: { One: { Type, Properties: {} } } });
  return cloudFormation.send(new ValidateTemplateCommand({ TemplateBody })).then(
    () => true,
    (error: Error) => {
      if (error.message.includes('Unrecognized resource types')) return false;
      throw error;
    },
  );
}

it('the list of types that the emulator does not know is as long as it must be', async () => {
  const unknown: string[] = [];
  for (const type of typesInUse()) if (!(await isKnown(type))) unknown.push(type);

  expect(unknown.sort()).toEqual(Object.keys(UNKNOWN_TYPES).sort());
});

it('every adjustment is needed by a template', () => {
  const { stacks } = inject('deployment');

  expect(new Set(stacks.flatMap(({ adjusted }) => adjusted))).toEqual(new Set(ADJUSTMENTS.map(({ reason }) => reason)));
});
