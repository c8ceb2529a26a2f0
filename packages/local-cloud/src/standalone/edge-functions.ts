export { type EdgeFunction, loadEdgeFunction } from '../services/cloudfront/functions/edge-function.ts';
export { languageFaults, MAXIMUM_CODE_BYTES } from '../services/cloudfront/functions/language-gate.ts';
export { OriginChoice, type OriginTurns } from '../services/cloudfront/functions/origin-choice.ts';
