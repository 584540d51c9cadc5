import { render } from 'preact';
import { App } from './App';
import { loadParties } from './state/parties';
import { followHistory } from './state/place';
import './desk.css';

followHistory();
void loadParties();

const desk = document.getElementById('desk');
if (desk) render(<App />, desk);
