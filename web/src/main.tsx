import { render } from 'preact';
import { App } from './app';
import { followLinks } from './route';
import './style.css';

followLinks();
const desk = document.getElementById('desk');
if (desk) render(<App />, desk);
