
'use strict';
{
  const notes = [...document.querySelectorAll('.note')];
  const marks = [...document.querySelectorAll('mark')].map((mark) => ({ mark, of: mark.dataset.of.split(' ') }));
  const refs = new Map(notes.map((note) => [note, document.getElementById(`m${note.id.slice(1)}`)]));
  const filters = document.getElementById('filters');
  let current = null;

  const noteOf = (element) => {
    const ref = element.closest('.ref');
    return ref ? document.getElementById(ref.hash.slice(1)) : element.closest('.note');
  };

  /** Shows which finding is looked at, in the text and in the margin. */
  const choose = (note) => {
    current = note;
    for (const other of notes) other.classList.toggle('current', other === note);
    for (const { mark, of } of marks) mark.classList.toggle('current', note !== null && of.includes(note.id.slice(1)));
  };

  const goTo = (element) => {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'center' });
  };

  /** Goes on to the next finding shown, or back to the one before. */
  const step = (by) => {
    const shown = notes.filter((note) => !note.hidden);
    if (shown.length === 0) return;
    let at;
    if (current === null) {
      at = by > 0 ? 0 : shown.length - 1;
    } else {
      const from = notes.indexOf(current);
      at = by > 0
        ? shown.findIndex((note) => notes.indexOf(note) > from)
        : shown.findLastIndex((note) => notes.indexOf(note) < from);
      if (at < 0) at = by > 0 ? shown.length - 1 : 0;
    }
    goTo(refs.get(shown[at]) ?? shown[at]);
  };

  /** Where there is room beside a paragraph, notes stand on the line of their words. */
  const align = () => {
    for (const note of notes) note.style.marginTop = '';
    const moved = [];
    for (const beside of document.querySelectorAll('.notes')) {
      const text = beside.previousElementSibling;
      if (!text || beside.offsetLeft < text.offsetLeft + text.offsetWidth) continue;
      let room = text.offsetHeight - beside.offsetHeight;
      let shifted = 0;
      for (const note of beside.children) {
        const ref = refs.get(note);
        if (note.hidden || !ref) continue;
        const wanted = ref.getBoundingClientRect().top - note.getBoundingClientRect().top - shifted;
        const by = Math.max(0, Math.min(wanted, room));
        room -= by;
        shifted += by;
        if (by > 1) moved.push([note, by]);
      }
    }
    for (const [note, by] of moved) note.style.marginTop = `${by}px`;
  };

  const filter = () => {
    const checked = (name) => new Set([...filters.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
    const [severities, rules] = [checked('severity'), checked('rule')];
    const shown = new Set();
    for (const note of notes) {
      note.hidden = !severities.has(note.dataset.severity) || !rules.has(note.dataset.rule);
      if (!note.hidden) shown.add(note.id.slice(1));
      const ref = refs.get(note);
      if (ref) ref.parentElement.hidden = note.hidden;
    }
    for (const { mark, of } of marks) mark.classList.toggle('off', !of.some((number) => shown.has(number)));
    for (const beside of document.querySelectorAll('.notes')) beside.hidden = [...beside.children].every((note) => note.hidden);
    if (current?.hidden) choose(null);
    document.getElementById('shown').textContent = `${shown.size} of ${notes.length} shown`;
    align();
  };

  document.addEventListener('focusin', (event) => {
    const note = noteOf(event.target);
    if (note) choose(note);
  });
  document.addEventListener('click', (event) => {
    const mark = event.target.closest('mark:not(.off)');
    if (!mark) return;
    const shown = mark.dataset.of.split(' ').map((number) => document.getElementById(`n${number}`)).filter((note) => !note.hidden);
    const note = shown.at(-1);
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    const arrows = noteOf(event.target) ? { ArrowDown: 1, ArrowUp: -1 } : {};
    const letters = document.getElementById('keys')?.checked ? { j: 1, k: -1 } : {};
    const by = { ...arrows, ...letters }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Escape') {
      const note = event.target.closest('.note');
      const ref = note && refs.get(note);
      if (ref) goTo(ref);
    }
  });

  // On paper nothing can be opened.
  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('.note details:not([open])')];
    for (const details of opened) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  if (filters) {
    filters.hidden = false;
    filters.addEventListener('change', (event) => { if (event.target.name) filter(); });
    filters.addEventListener('submit', (event) => event.preventDefault());
    document.getElementById('on').addEventListener('click', () => step(1));
    document.getElementById('back').addEventListener('click', () => step(-1));
    window.addEventListener('resize', align);
    filter();
  }
}
