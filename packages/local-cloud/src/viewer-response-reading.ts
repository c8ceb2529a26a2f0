/**
 * Which request a viewer-response function sees. AWS documents the one that CloudFront received from the viewer ("CloudFront
 * Functions event structure"). Whether it has what a viewer-request function changed is not said, and can be tried here.
 */
export const VIEWER_RESPONSE_READINGS = ['viewer', 'rewritten'] as const;

export type ViewerResponseReading = (typeof VIEWER_RESPONSE_READINGS)[number];
