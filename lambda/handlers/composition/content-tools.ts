import { ENVIRONMENT } from '../../contract/environment.ts';
import type { TypePolicy } from '../../contract/type-policies.ts';
import { DEFAULT_TYPE_POLICY, isTypePolicy } from '../../contract/type-policies.ts';
import type { ContentTools } from '../../core/library/file-content.ts';
import { checkImage } from '../../core/render/check-image.ts';
import { detectType } from '../../formats/types/detect-type.ts';

/** What finds out what a file is. */
export const composeContentTools = (): ContentTools => ({ detectType, checkImage, typePolicy: typePolicy() });

function typePolicy(): TypePolicy {
  const policy = process.env[ENVIRONMENT.typePolicy] ?? DEFAULT_TYPE_POLICY;
  if (!isTypePolicy(policy)) throw new Error(`${ENVIRONMENT.typePolicy} is none of the known policies.`);
  return policy;
}
