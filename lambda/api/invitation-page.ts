/** Nothing is loaded from anywhere, nobody frames the page, and no link tells where somebody came from: the token is in the URL. */
export const PAGE_HEADERS_OF_SIGN_IN = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const page = (status: number, body: string): Response => {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Invitation</title></head><body><main><h1>Invitation</h1>${body}</main></body></html>`;
  return new Response(html, {
    status,
    headers: { ...PAGE_HEADERS_OF_SIGN_IN, 'content-type': 'text/html; charset=utf-8' },
  });
};

/** A page with one button: programs that look into mails open links, and must accept nothing by it. */
export function invitationPage(token: string): Response {
  if (!/^[\w-]{43}$/.test(token)) return page(400, '<p>This is no invitation. Open the whole link of the mail.</p>');
  return page(
    200,
    `<p>You are invited to a media library.</p><form method="post" action="/auth/invitation"><input type="hidden" name="token" value="${token}"><button>Accept the invitation</button></form>`,
  );
}

/** A page with a link, because a form's answer may not lead to another host by a redirect (CSP, `form-action`). */
export function acceptedPage(hasPassword: boolean): Response {
  const next = hasPassword
    ? 'Your first password is in another mail.'
    : 'Sign in with the account of your organisation.';
  return page(200, `<p>You have accepted. ${next}</p><p><a href="/auth/login">Sign in</a></p>`);
}
