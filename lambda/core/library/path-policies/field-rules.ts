import { Problem, problem } from '../../kernel/problems.ts';
import type { CustomField, FieldSchema } from '../custom-fields/custom-field.ts';
import { requireSchema } from '../custom-fields/field-schema.ts';
import type { FieldRule, PathPolicy } from './path-policy.ts';

/** A field as a policy has it. */
export interface FieldUnderPolicy extends CustomField {
  readonly schema: FieldSchema & { readonly readOnly?: boolean };
}

/**
 * Holds the rules of a policy to the fields that there are.
 * @throws Problem path-policy.invalid naming the field
 */
export function requireFieldRules(rules: readonly FieldRule[], fields: readonly CustomField[]): void {
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(twice, 'is there twice.');
  for (const rule of rules) {
    const field = fields.find(({ name, deletedAt }) => name === rule.name && deletedAt === undefined);
    if (!field) throw invalid(rule.name, 'is no custom metadata field.');
    const fault = faultOf(rule, field);
    if (fault !== undefined) throw invalid(rule.name, fault);
  }
}

function faultOf(rule: FieldRule, field: CustomField): string | undefined {
  try {
    requireSchema(schemaUnder(rule, field));
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/** Whether a rule is one of other fields, or can be a rule of this one. */
export function fitsRule(rule: FieldRule, field: CustomField): boolean {
  return rule.name !== field.name || faultOf(rule, field) === undefined;
}

/** The fields that a policy chooses, in its order and with its rules. */
export function fieldsUnder({ fields: rules }: PathPolicy, fields: readonly CustomField[]): FieldUnderPolicy[] {
  return rules.flatMap((rule) => {
    const field = fields.find(({ name }) => name === rule.name);
    if (!field) return [];
    return [{ ...field, schema: { ...schemaUnder(rule, field), ...(rule.readOnly && { readOnly: true }) } }];
  });
}

const schemaUnder = ({ isValueRequired, defaultValue }: FieldRule, { schema }: CustomField): FieldSchema => ({
  ...schema,
  ...(isValueRequired !== undefined && { isValueRequired }),
  ...(defaultValue !== undefined && { defaultValue }),
});

const invalid = (name: string, fault: string): Problem =>
  problem('path-policy.invalid', `fields: "${name.slice(0, 60)}" ${fault}`);
