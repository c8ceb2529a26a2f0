import { readFileSync, writeFileSync } from 'node:fs';
import { isVisibility, VISIBILITIES } from '../lambda/contract/visibility.ts';

/** Asks a person one question. @returns the answer as it was typed */
type Ask = (question: string) => Promise<string>;

const QUESTION = `Who sees a new file whose upload does not say so?
  public   everybody who knows its URL, as with ImageKit
  private  nobody without a signed URL
Your choice [public]: `;

/**
 * Asks once who sees new files, and writes the answer into the file: it is what an owner should not find out later.
 * @param file cdk.json
 * @param ask undefined without a terminal: the file then stays as it is, and the default holds
 */
export async function chooseVisibility(file: string, ask: Ask | undefined): Promise<void> {
  const cdk = JSON.parse(readFileSync(file, 'utf8'));
  const settings = cdk.context?.vitrine;
  if (!ask || !settings || settings.defaultVisibility !== undefined) return;
  cdk.context.vitrine = { ...settings, defaultVisibility: await answerOf(ask) };
  writeFileSync(file, `${JSON.stringify(cdk, null, 2)}\n`);
}

/** Asks again until the answer is one of the choices; none is the first of them. */
async function answerOf(ask: Ask): Promise<string> {
  for (let question = QUESTION; ; question = `Please answer ${VISIBILITIES.join(' or ')}: `) {
    const answer = (await ask(question)).trim().toLowerCase() || VISIBILITIES[0];
    if (isVisibility(answer)) return answer;
  }
}
