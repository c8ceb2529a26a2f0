import { ShopApp } from './shop-app.ts';

new ShopApp().synth();
