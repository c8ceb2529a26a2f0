import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { vitrineApp } from '../../vitrine-fixture.ts';

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

/** Widgets of each dashboard by its name. References of the templates stand as their names. */
function dashboardsWith(vitrine: Record<string, unknown>): Map<string, readonly Widget[]> {
  const app = vitrineApp({ vitrine });
  const found = [...app.regions, app.edge].flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')),
  );
  return new Map(
    found.map(({ Properties }) => {
      const body = Properties.DashboardBody;
      const parts: readonly unknown[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
      const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
      return [Properties.DashboardName, JSON.parse(text).widgets];
    }),
  );
}

const titlesOf = (widgets: readonly Widget[] = []) => widgets.map(({ properties }) => properties.title);

describe('dashboards', () => {
  it('are not there by default', () => {
    expect(dashboardsWith({}).size).toBe(0);
  });

  it('are one for each region and one for the edge, also in the profile small', () => {
    const names = [
      ...dashboardsWith({ dashboards: true, profile: 'small', regions: ['eu-west-1', 'us-east-2'] }).keys(),
    ];

    expect(names).toEqual(['vitrine-eu-west-1', 'vitrine-us-east-2', 'vitrine-edge']);
  });

  it('show requests, errors, latency, queues, renders and what is spent', () => {
    const all = dashboardsWith({ dashboards: true });

    expect(titlesOf(all.get('vitrine-edge'))).toEqual([
      'Requests for media',
      'Bytes to viewers',
      'Answers that are errors, percent',
      'Requests that needed no render, percent',
      'Spent in this month, US dollars',
    ]);
    expect(titlesOf(all.get('vitrine-eu-west-1'))).toEqual([
      'Renders',
      'Time of a render, milliseconds',
      'Renders that failed or were refused',
      'Calls of the API',
      'Time of a call, milliseconds',
      'Calls that failed or were refused',
      'Search and webhooks behind the library, seconds',
      'Oldest message to a webhook, seconds',
      'Given up',
    ]);
  });

  it('show the lag of the backup from the region that S3 publishes it in', () => {
    const backup = { destinations: { 'eu-west-1': { bucket: 'acme-backup', region: 'eu-central-1' } } };
    const widgets = dashboardsWith({ dashboards: true, backup }).get('vitrine-eu-west-1') ?? [];
    const lag = widgets.find(({ properties }) => properties.title === 'Lag of the backup, seconds');
    const failed = widgets.find(({ properties }) => properties.title === 'Objects that could not be replicated');

    expect(JSON.stringify(lag)).toContain('"region":"eu-central-1"');
    expect(lag?.properties.metrics.map((metric) => metric[1])).toEqual(['ReplicationLatency', 'ReplicationLatency']);
    expect(JSON.stringify(failed?.properties.metrics)).not.toContain('eu-central-1');
  });

  it('show nothing of a backup that is not measured', () => {
    const backup = { destinations: { 'eu-west-1': { bucket: 'acme-backup' } } };
    const widgets = dashboardsWith({ dashboards: true, profile: 'small', backup }).get('vitrine-eu-west-1');

    expect(titlesOf(widgets).join()).not.toContain('backup');
  });
});
