import { ProductArt } from './product-art';
import { PRODUCTS, type Product, TENT_AND_JACKET } from './products';
import { Scene } from './scene';
import styles from './shop.module.css';
import { TryIt } from './try-it';

const PLACES = [
  ['Tents', '#ridgeline-2'],
  ['Packs', '#fell-38'],
  ['Sleep', '#loft-5'],
  ['Kitchen', '#morning-set'],
  ['Repairs', '#repairs'],
] as const;

export default function ShopPage() {
  return (
    <>
      <TryIt />
      <header className={styles.top}>
        <a className={styles.logo} href="#top">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M1.500 19 9 6.500l4 6.700 2.200-3.200L22.500 19Z" fill="currentColor" />
            <circle cx="17.500" cy="5.500" r="2.500" fill="#e5a34a" />
          </svg>
          Larkfell
        </a>
        <nav aria-label="Shop">
          {PLACES.map(([name, to]) => (
            <a key={name} href={to}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main id="top">
        <section className={styles.hero}>
          <Scene />
          <div>
            <h1>
              First light,
              <br />
              dry socks.
            </h1>
            <p>Tents made in Oslo for weather that can’t decide. Mended free, for life.</p>
            <a href="#ridgeline-2">See the Ridgelines</a>
          </div>
        </section>
        <h2 className={styles.heading}>Out before breakfast</h2>
        <Products products={PRODUCTS} />
        <section className={styles.repairs} id="repairs">
          <div>
            <h2>Broken is only a stage</h2>
            <p>
              Send it in, whatever happened and whoever bought it. We mend what we make for as long as it
              exists; you pay the postage to Oslo, and we pay the way back.
            </p>
            <dl>
              <div>
                <dt>Most repairs</dt>
                <dd>10 working days</dd>
              </div>
              <div>
                <dt>For the mending</dt>
                <dd>€0</dd>
              </div>
            </dl>
          </div>
          <Products products={TENT_AND_JACKET} />
        </section>
      </main>
      <footer className={styles.foot}>Larkfell is a made-up shop. Its chat is real.</footer>
    </>
  );
}

function Products({ products }: { products: Product[] }) {
  return (
    <ul className={styles.products}>
      {products.map((product) => (
        <li key={product.id} id={product.id}>
          <span className={`${styles.tile} ${styles[product.tone]}`}>
            <ProductArt name={product.art} />
            {product.note && <em>{product.note}</em>}
          </span>
          <span className={styles.price}>
            <b>{product.name}</b>
            <span>€{product.price}</span>
          </span>
          <small>{product.line}</small>
        </li>
      ))}
    </ul>
  );
}
