import type { Template } from 'aws-cdk-lib/assertions';

/** A template as a snapshot keeps it: without hashes of assets, which are the code's matter and not the template's. */
export function maskedTemplate(template: Template): unknown {
  return JSON.parse(JSON.stringify(template.toJSON()).replace(/[0-9a-f]{64}/g, '[asset]'));
}
