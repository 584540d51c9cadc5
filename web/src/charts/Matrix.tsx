import { useMemo, useRef, useState } from 'preact/hooks';
import type { AlignmentAnswer, AlignmentPair } from '../api/types';
import { change } from '../state/place';
import { nameOf } from '../state/parties';
import { toneClass } from '../words';
import { cellsOf, movedBy, type Spot } from './matrix_cells';
import { keyOf, orderOf, titleOf } from './pairs';

const SIZE = 26;
const HEAD = 48;
const LABEL = 'Matrix of parties ordered by bloc: arrows move, Enter shows the evidence of a pair';

const middleOf = (place: number): number => HEAD + SIZE * place + 17;

/** Every pair of parties, ordered so that blocs show. To the keyboard it is one stop, within which arrows move. */
export function Matrix({ answer, picked }: { answer: AlignmentAnswer; picked: string | null }) {
  const order = useMemo(() => orderOf(answer), [answer]);
  const cells = useMemo(() => cellsOf(answer, order), [answer, order]);
  const grid = useRef<SVGSVGElement>(null);
  const [chosen, setChosen] = useState<Spot>({ row: 0, column: 0 });
  const stop = stopOf(cells, chosen);
  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pair = cells[stop.row]?.[stop.column];
    const to = movedBy(event.key, cells, stop);
    if (to) {
      setChosen(to);
      grid.current?.querySelector<SVGElement>(`[data-cell="${to.row} ${to.column}"]`)?.focus();
    } else if (pair && (event.key === 'Enter' || event.key === ' ')) {
      change({ pick: keyOf(answer, pair) });
    } else {
      return;
    }
    event.preventDefault();
  };
  const size = HEAD + SIZE * order.length;
  const codeOf = (party: number): string => answer.parties[party] ?? '';
  return (
    <svg ref={grid} viewBox={`0 0 ${size} ${size}`} class="matrix" role="grid" aria-label={LABEL} onKeyDown={move}>
      <g role="row">
        {order.map((party, column) => (
          <PartyHead
            key={party}
            code={codeOf(party)}
            role="columnheader"
            transform={`translate(${middleOf(column)} ${HEAD - 6}) rotate(-90)`}
          />
        ))}
      </g>
      {order.map((party, row) => (
        <g key={party} role="row">
          <PartyHead code={codeOf(party)} role="rowheader" transform={`translate(${HEAD - 6} ${middleOf(row)})`} />
          {cells[row]?.map((pair, column) => pair && (
            <Cell
              key={column}
              answer={answer}
              pair={pair}
              spot={{ row, column }}
              isStop={row === stop.row && column === stop.column}
              isPicked={keyOf(answer, pair) === picked}
              onPick={() => setChosen({ row, column })}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** The cell that Tab leads to: the one last chosen if the day still has it, else the first. */
function stopOf(cells: readonly (readonly unknown[])[], chosen: Spot): Spot {
  if (cells[chosen.row]?.[chosen.column] !== undefined) return chosen;
  const row = cells.findIndex((each) => each.some((pair) => pair !== undefined));
  return { row, column: cells[row]?.findIndex((pair) => pair !== undefined) ?? 0 };
}

function PartyHead({ code, role, transform }: { code: string; role: 'columnheader' | 'rowheader'; transform: string }) {
  const anchor = role === 'rowheader' ? 'end' : 'start';
  return (
    <text role={role} aria-label={nameOf(code)} transform={transform} text-anchor={anchor} font-size="11">
      <title>{nameOf(code)}</title>
      {code.slice(0, 6)}
    </text>
  );
}

interface CellProps {
  answer: AlignmentAnswer;
  pair: AlignmentPair;
  spot: Spot;
  isStop: boolean;
  isPicked: boolean;
  onPick: () => void;
}

function Cell({ answer, pair, spot: { row, column }, isStop, isPicked, onPick }: CellProps) {
  const pick = (): void => {
    onPick();
    change({ pick: keyOf(answer, pair) });
  };
  return (
    <rect
      role="gridcell"
      aria-label={titleOf(answer, pair)}
      aria-selected={isPicked}
      tabindex={isStop ? 0 : -1}
      data-cell={`${row} ${column}`}
      x={HEAD + SIZE * column + 1}
      y={HEAD + SIZE * row + 1}
      width={SIZE - 2}
      height={SIZE - 2}
      class={`cell ${toneClass(pair.score)} ${isPicked ? 'picked' : ''}`}
      onClick={pick}
    >
      <title>{titleOf(answer, pair)}</title>
    </rect>
  );
}
