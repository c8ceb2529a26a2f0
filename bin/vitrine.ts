import { VitrineApp } from '../lib/vitrine-app.ts';

new VitrineApp().synth();
