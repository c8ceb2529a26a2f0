import type { MediaUrl } from './media-url.ts';

/**
 * The request headers that an answer depended on, as `Vary` names them (RFC 9110, section 12.5.5); undefined for none.
 * The viewer-response function takes it from here: it may see the viewer's request, and not the variant's path.
 */
export function varianceOf({ fixedFormat, varies = '' }: Pick<MediaUrl, 'fixedFormat' | 'varies'>): string | undefined {
  const names = [
    ...(fixedFormat ? [] : ['Accept']),
    ...(varies.includes('d') ? ['Sec-CH-DPR'] : []),
    ...(varies.includes('w') ? ['Sec-CH-Width'] : []),
    ...(varies.includes('s') ? ['Save-Data'] : []),
  ];
  return names.length > 0 ? names.join(', ') : undefined;
}
