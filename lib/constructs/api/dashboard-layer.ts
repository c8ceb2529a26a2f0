import { type Code, type Function as LambdaFunction, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DASHBOARD_FOLDER } from '../../../lambda/contract/dashboard.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { LAYERS_ROOT } from '../../../lambda/contract/fonts.ts';

export interface DashboardLayerProps {
  /** Contents: the folder `dashboard`. */
  readonly code: Code;
}

/** The dashboard's files, as they are sent to browsers. */
export class DashboardLayer extends Construct {
  readonly #layer: LayerVersion;

  constructor(scope: Construct, id: string, { code }: DashboardLayerProps) {
    super(scope, id);
    this.#layer = new LayerVersion(this, 'Layer', { description: 'Files of the dashboard', code });
  }

  /** Lets a function serve the dashboard. */
  addTo(fn: LambdaFunction): void {
    fn.addLayers(this.#layer);
    fn.addEnvironment(ENVIRONMENT.dashboard, `${LAYERS_ROOT}/${DASHBOARD_FOLDER}`);
  }
}
