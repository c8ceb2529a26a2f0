import { Entity } from 'electrodb';
import { RULE_KEY } from './accounts-keys.lean.ts';

const text = { type: 'string' } as const;
const requiredText = { type: 'string', required: true } as const;

/** A block or allow rule. What it looks at is JSON, because it has another shape for each type. */
const RULE = {
  model: { entity: 'access-rule', version: '1', service: 'accounts' },
  attributes: {
    id: requiredText,
    type: { type: ['ip', 'country', 'referrer', 'urlPattern'] as const, required: true },
    scope: requiredText,
    effect: { type: ['block', 'allow'] as const, required: true },
    matcher: requiredText,
    reason: requiredText,
    author: requiredText,
    startsAt: text,
    endsAt: text,
    createdAt: requiredText,
    updatedAt: requiredText,
  },
  indexes: {
    byType: {
      pk: { field: 'pk', composite: ['type'], template: RULE_KEY.partitionTemplate, casing: 'none' },
      sk: { field: 'sk', composite: ['id'], template: RULE_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const;

export function ruleEntity() {
  return new Entity(RULE);
}
