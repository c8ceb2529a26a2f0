import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { ManageRulesDeps } from '../../core/protection/rules/manage-rules.ts';
import { createRule, deleteRule, getRule, updateRule } from '../../core/protection/rules/manage-rules.ts';
import type { Rule } from '../../core/protection/rules/rule.ts';
import { ruleAnswer } from '../../core/protection/rules/rule-answer.ts';
import { readJson } from './read-json.ts';
import type { PathParameters, Route } from './route.ts';

export interface RuleRouteDeps extends ManageRulesDeps {
  readonly credentials: () => Promise<Credentials>;
  /** Brings a change to the edge and to the web ACL. Never rejects: what fails is made up for within a minute. */
  readonly publish: () => Promise<unknown>;
}

/** Block and allow rules: one call, and requests are refused within a minute. */
export function ruleRoutes(deps: RuleRouteDeps): Route[] {
  const answer = (rule: Rule, status = 200) => Response.json(ruleAnswer(rule, deps.clock()), { status });
  const authenticated =
    (handle: Route['handle']): Route['handle'] =>
    async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return handle(request, parameters);
    };
  const changed = async (response: Response): Promise<Response> => {
    await deps.publish();
    return response;
  };
  return [
    {
      method: 'POST',
      path: ROUTES.rules,
      handle: authenticated(async (request) => changed(answer(await createRule(deps, await readJson(request)), 201))),
    },
    {
      method: 'GET',
      path: ROUTES.rules,
      handle: authenticated(async (request) => {
        const scope = new URL(request.url).searchParams.get('scope');
        const rules = (await deps.rules.list()).filter((rule) => scope === null || rule.scope === scope);
        return Response.json(rules.map((rule) => ruleAnswer(rule, deps.clock())));
      }),
    },
    {
      method: 'GET',
      path: ROUTES.rule,
      handle: authenticated(async (_, parameters) => answer(await getRule(deps, idOf(parameters)))),
    },
    {
      method: 'PUT',
      path: ROUTES.rule,
      handle: authenticated(async (request, parameters) =>
        changed(answer(await updateRule(deps, idOf(parameters), await readJson(request)))),
      ),
    },
    {
      method: 'DELETE',
      path: ROUTES.rule,
      handle: authenticated(async (_, parameters) => {
        await deleteRule(deps, idOf(parameters));
        return changed(new Response(null, { status: 204 }));
      }),
    },
  ];
}

const idOf = ({ ruleId = '' }: PathParameters): string => ruleId;
