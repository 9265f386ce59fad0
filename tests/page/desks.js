// The desks whose pages are looked at: made up here, so that nothing but the program is needed.
'use strict';

const GIVEN = ['Anja', 'Bertil', 'Carina', 'Dagmar', 'Edvin', 'Frida', 'Gustav', 'Hedda', 'Ingmar', 'Jorunn'];
const FAMILY = ['Kowalczyk', 'Brandvold', 'Tessmann', 'Havlicek', 'Oderwald', 'Quistgaard', 'Renneberg', 'Skarstein', 'Umberger', 'Westergren',
  'Aspelund', 'Bjornholt', 'Cederberg', 'Dahlgaard', 'Ekelund', 'Flodmark', 'Granhag', 'Hedemark', 'Isaksholm', 'Jernberg'];
const TOWNS = ['Larsund', 'Vikhamn', 'Tornby', 'Estermark', 'Halvik', 'Ronneholt', 'Sandvoll', 'Drakenes', 'Kvistad', 'Mellby'];
const WORKS = ['ferries', 'bridge', 'harbour wall', 'tram line', 'library', 'water tower', 'fish market', 'sea lock', 'museum', 'lighthouse'];

const FILLER = [
  'Nobody in the town had expected the question to come up before the summer, and few had read the papers that were handed round.',
  'The hall was cold, the coffee was late, and the minutes of the last meeting were taken as read by all who were there.',
  'Those who live by the water have waited for an answer since the spring, and some of them have stopped waiting.',
  'It was the longest meeting of the year, and when it ended the last bus had gone and people walked home in the rain.',
];

/** So many people, each of whom the archive knows, and a long draft that has the name of each otherwise. */
function long(people) {
  const files = {};
  const draft = ['---', 'date: 2024-03-05', '---', '# A year of works in the ten harbour towns', ''];
  for (let index = 0; index < people; index += 1) {
    const given = GIVEN[index % 10];
    const family = FAMILY[Math.floor(index / 10) % FAMILY.length];
    const town = TOWNS[(index * 3) % 10];
    const work = WORKS[(index * 7) % 10];
    const cost = 20 + index;
    files[`archive/${index}.md`] = `Councillor ${given} ${family} said in ${town} that the ${work} of ${town} would cost ${cost} million euros.\n`;
    const slip = family.replace(/[aeo]/, (letter) => ({ a: 'e', e: 'a', o: 'u' })[letter]);
    draft.push(`Councillor ${given} ${family} said in ${town} that the ${work} of ${town} would cost ${cost} million euros.`, '');
    draft.push(`${FILLER[index % 4]} So ${given} ${slip} was told more than once. ${FILLER[(index + 1) % 4]}`, '');
    if (index % 10 === 9) draft.push(`## ${town}`, '');
    if (index % 25 === 24) draft.push('| work | cost |', '| --- | --- |', `| ${work} | ${cost} million euros |`, '');
  }
  files['archive/sources.toml'] = Object.keys(files)
    .map((name, index) => `[[source]]\nfile = "${name.replace('archive/', '')}"\noutlet = "The Courier"\npublished = 2024-02-${String(1 + (index % 28)).padStart(2, '0')}\n`)
    .join('\n');
  files['draft.md'] = draft.join('\n');
  files['copydesk.toml'] = 'corpus = "archive"\n';
  return files;
}

/** All that a page can hold: headings, lists, tables, quotations, what has nothing to report, and what can't be read. */
const every = {
  'copydesk.toml': 'corpus = "archive"\n\n[rules]\nquote-altered = "error"\nfigure-conflict = "info"\ndate-weekday = "hint"\n',
  'archive/budget.md':
    'Finance Minister Anja Kowalczyk presented the budget on Friday and said that the ferries would cost 40 million euros this year.\n\n' +
    '“No mayor need fear for the harbour wall while I hold this office,” Kowalczyk said.\n',
  'archive/port.md': 'Anja Kowalczyk opened the port of Larsund. The tram line will be 12 kilometres long, Kowalczyk said.\n',
  'archive/later.md': 'Anja Kowalczyk spoke at the fair in Larsund, and Anja Kowalczyk left early.\n',
  'archive/again.md': 'Anja Kowalczyk opened the library of Vikhamn.\n',
  'archive/sources.toml':
    '[[source]]\nfile = "budget.md"\noutlet = "The Courier"\npublished = 2024-03-01\nurl = "https://courier.example/budget"\n\n' +
    '[[source]]\nfile = "port.md"\noutlet = "Gazette"\npublished = 2024-02-12\n\n[[source]]\nfile = "later.md"\noutlet = "Larsund Post"\n\n' +
    '[[source]]\nfile = "again.md"\noutlet = "Vikhamn Mail"\npublished = 2024-01-08\n',
  'drafts/tax.md':
    '---\ndate: 2024-03-05\n---\n# Ferries to cost Larsund dear\n\n<!-- stet: quote-altered -->\n\nThe meeting on Monday, 5 March 2024, was short.\n\n' +
    'Before that, as everybody in the harbour towns had expected since the winter, the finance minister, Anja **Kowalczik**, had said ' +
    'that the ferries would cost 50 million euros this year.\n\n## What else was said\n\n- The tram line will be 15 kilometres long, Kowalczik said.\n' +
    '- Nobody spoke of the *library*.\n\n> “No mayor need fear for the harbour bridge while I hold this office,” Kowalczik said.\n\n' +
    '| what | how much |\n| --- | --- |\n| ferries, as Anja Kowalczik has it | 50 million euros |\n| tram | |\n\nKowalczik left early.\n',
  'drafts/quiet.md': '---\ndate: 2024-03-05\n---\n# A quiet day\n\nAnja Kowalczyk opened the port of Larsund.\n',
  'drafts/faulty.md': '---\ntitle: [\n---\n\nNothing much.\n',
};

const MARKUP = `</p></div><script>document.title='got in'</script><img src=x onerror="document.title='got in'"><b class="got-in">"'&quot; --> ]]>`;
const escapedForToml = (text) => JSON.stringify(text);

/** The same, made by somebody who would like to run something in the reader's browser. */
const hostile = {
  'copydesk.toml': 'corpus = "archive"\n',
  'archive/a.md': `Finance Minister Anja Kowalczyk said \`${MARKUP}\` that the ferries would cost 40 million euros.\n`,
  'archive/sources.toml': `[[source]]\nfile = "a.md"\noutlet = ${escapedForToml(MARKUP)}\nheadline = ${escapedForToml(MARKUP)}\nurl = ${escapedForToml(`javascript:document.title='got in'`)}\n`,
  'drafts/<img src=x onerror=alert(1)> "&.md':
    `# Ferries \`${MARKUP}\`\n\nFinance Minister Anja Kowalczik said \`${MARKUP}\` that the ferries would cost 50 million euros.\n\n` +
    `<!-- stet: ${MARKUP.replace('-->', '')} -->\n\nThe end.\n`,
  'drafts/b.html': `<article><h1>&lt;script&gt;document.title='got in'&lt;/script&gt;</h1><p>Anja Kowalczik said &lt;b class="got-in"&gt; that the ferries would cost 50 million euros.</p></article>\n`,
};

module.exports = { every, hostile, long: () => long(200) };
