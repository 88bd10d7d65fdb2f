// Replicates documents to a CouchDB server as PouchDB does it, and prints how many
// milliseconds that took: node bench.js SERVER DOCUMENTS FOLDER LINES
// DOCUMENTS is a JSON file: for each place its list of documents. They are in a
// database of the place before the clock starts.
const fs = require('fs')
const path = require('path')
const PouchDB = require('pouchdb')

async function main () {
  const [server, file, folder, lines] = process.argv.slice(2)
  const places = JSON.parse(fs.readFileSync(file, 'utf8'))
  const local = []
  for (const [i, docs] of places.entries()) {
    const db = new PouchDB(path.join(folder, 'place' + i))
    for (const r of await db.bulkDocs(docs)) if (!r.ok) throw new Error(JSON.stringify(r))
    local.push(db)
  }
  const started = process.hrtime.bigint()
  let next = 0
  let written = 0
  await Promise.all(Array.from({ length: Number(lines) }, async () => {
    while (next < local.length) {
      const i = next++
      const done = await local[i].replicate.to(server + '/place' + i)
      if (!done.ok) throw new Error(JSON.stringify(done))
      written += done.docs_written
    }
  }))
  const ms = Number(process.hrtime.bigint() - started) / 1e6
  const expected = places.reduce((n, docs) => n + docs.length, 0)
  if (written !== expected) throw new Error(`${written} of ${expected} documents were written`)
  console.log(ms)
}

main().catch(e => { console.error(e); process.exit(1) })
