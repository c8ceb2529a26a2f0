/** Path below which the API's host serves the dashboard. */
export const DASHBOARD_PATH = '/dashboard/';

/** Path of files whose names change with what they hold, so that everybody may keep them. */
export const DASHBOARD_ASSETS_PATH = `${DASHBOARD_PATH}assets/`;

/** Folder of the layer with the dashboard's files. */
export const DASHBOARD_FOLDER = 'dashboard';

/** What the page may reach beyond its own host. */
export interface DashboardSources {
  /** Origin of media, such as https://media.example.com. */
  readonly media: string;
  /** Origin to which the bytes of large uploads are sent. */
  readonly originals: string;
}

/**
 * The page's Content-Security-Policy: scripts and styles of its own host alone, nothing inline, in no frame, and no text that
 * becomes a script (Trusted Types).
 */
export function dashboardPolicy({ media, originals }: DashboardSources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: ${media}`,
    "font-src 'self'",
    `connect-src 'self' ${media} ${originals}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
