import { Entity } from 'electrodb';

const text = { type: 'string' } as const;
const requiredText = { type: 'string', required: true } as const;

/** A file that is taken down. */
const TAKEDOWN = {
  model: { entity: 'takedown', version: '1', service: 'accounts' },
  attributes: {
    assetId: requiredText,
    path: requiredText,
    reason: requiredText,
    reference: text,
    author: requiredText,
    since: requiredText,
    until: text,
  },
  indexes: {
    all: {
      pk: { field: 'pk', composite: [], template: 'takedowns', casing: 'none' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
      sk: { field: 'sk', composite: ['assetId'], template: 'asset#${assetId}', casing: 'none' },
    },
  },
} as const;

export function takedownEntity() {
  return new Entity(TAKEDOWN);
}
