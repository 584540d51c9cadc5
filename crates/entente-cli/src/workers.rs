//! Threads that take items one after the other, each with its matrix products on itself.

use anyhow::Context;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A fixed number of threads.
///
/// Each is a pool of one: the matrix products ask for the pool that they run in, so they neither spread over other
/// threads nor make theirs begin another item while they wait.
pub(crate) struct Workers {
    pools: Vec<rayon::ThreadPool>,
}

impl Workers {
    /// So many threads, or one a core.
    pub(crate) fn new(threads: Option<usize>) -> anyhow::Result<Self> {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        let threads = threads.unwrap_or_else(cores).max(1);
        let pools = (0..threads).map(|_| rayon::ThreadPoolBuilder::new().num_threads(1).build());
        Ok(Self { pools: pools.collect::<Result<_, _>>().context("failed to start threads")? })
    }

    /// Does the step for every item; the results are in the items' order.
    pub(crate) fn map<I: Send, T: Send>(&self, items: Vec<I>, step: impl Fn(I) -> T + Sync) -> Vec<T> {
        let places: Vec<Mutex<Place<I, T>>> =
            items.into_iter().map(|item| Mutex::new(Place::Waiting(item))).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                let taken = std::mem::replace(&mut *lock(place), Place::Taken);
                if let Place::Waiting(item) = taken {
                    let result = step(item);
                    *lock(place) = Place::Done(result);
                }
            }
        };
        std::thread::scope(|scope| {
            for pool in &self.pools {
                scope.spawn(|| pool.install(work));
            }
        });
        let done = places.into_iter().map(|place| {
            match place.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
                Place::Done(result) => result,
                Place::Waiting(_) | Place::Taken => {
                    unreachable!("every item is taken, and a panic ends the scope")
                }
            }
        });
        done.collect()
    }
}

/// An item on its way.
enum Place<I, T> {
    Waiting(I),
    Taken,
    Done(T),
}

fn lock<T>(place: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    place.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        for threads in [1, 2, 5] {
            let workers = Workers::new(Some(threads)).unwrap();
            let found = workers.map((0..1000).collect(), |item: u64| item * item);
            assert_eq!(found, (0..1000).map(|item| item * item).collect::<Vec<_>>());
        }
        assert!(Workers::new(None).unwrap().map(Vec::<u8>::new(), |item| item).is_empty());
    }

    #[test]
    fn an_item_runs_in_a_pool_of_one_thread() {
        let workers = Workers::new(Some(2)).unwrap();
        assert_eq!(workers.map(vec![(); 4], |()| rayon::current_num_threads()), [1; 4]);
    }
}
