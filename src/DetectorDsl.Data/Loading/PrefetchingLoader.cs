using System.Runtime.ExceptionServices;

namespace DetectorDsl.Data.Loading;

/// <summary>
/// Prepares batches on several threads ahead of their use and hands them out in order. What a batch holds depends on its number alone, never on
/// the threads.
/// </summary>
/// <typeparam name="TBatch">A batch.</typeparam>
public sealed class PrefetchingLoader<TBatch> : IDisposable
    where TBatch : class, IDisposable
{
    private readonly Func<long, CancellationToken, TBatch?> prepare;
    private readonly int room;
    private readonly CancellationTokenSource stop;
    private readonly CancellationToken stopped;
    private readonly CancellationTokenRegistration wake;
    private readonly Thread[] threads;

    // Guards what follows; pulsed whenever any of it changes.
    private readonly object turn = new();
    private readonly Dictionary<long, Prepared> ready = [];
    private long nextToPrepare;
    private long nextToHandOut;
    private bool ended;
    private bool disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="prepare">Makes the batch of a number; null once there are no more. Called on several threads.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    /// <param name="lookAhead">Batches that may be in work or wait, at least 1; never fewer than threads.</param>
    /// <param name="first">Number of the first batch.</param>
    /// <param name="cancellation">Ends the preparation.</param>
    public PrefetchingLoader(
        Func<long, CancellationToken, TBatch?> prepare,
        int threads,
        int lookAhead,
        long first,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(prepare);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lookAhead, 1);
        this.prepare = prepare;
        room = Math.Max(threads, lookAhead);
        (nextToPrepare, nextToHandOut) = (first, first);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stopped = stop.Token;
        wake = stopped.UnsafeRegister(_ => Wake(), null);
        this.threads =
        [
            .. Enumerable.Range(0, threads).Select(index => new Thread(Work) { IsBackground = true, Name = $"loader {index}" }),
        ];
        foreach (var thread in this.threads)
        {
            thread.Start();
        }
    }

    /// <summary>The next batch in order; waits until it is there.</summary>
    /// <returns>The batch, the caller's to dispose; null after the last, however often it is asked for.</returns>
    /// <exception cref="OperationCanceledException">The loader was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The loader is disposed.</exception>
    /// <remarks>What went wrong while a batch was prepared is thrown in its place, after all batches before it, and again at each further call.</remarks>
    public TBatch? Next()
    {
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            Prepared? prepared;
            while (!ready.TryGetValue(nextToHandOut, out prepared))
            {
                stopped.ThrowIfCancellationRequested();
                Monitor.Wait(turn);
            }

            stopped.ThrowIfCancellationRequested();
            prepared.Failure?.Throw();
            if (prepared.Batch is { } batch)
            {
                ready.Remove(nextToHandOut++);
                Monitor.PulseAll(turn);
                return batch;
            }

            return null;
        }
    }

    /// <summary>Stops the threads, waits for their end and disposes what they had prepared.</summary>
    public void Dispose()
    {
        lock (turn)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        stop.Cancel();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        wake.Dispose();
        lock (turn)
        {
            foreach (var prepared in ready.Values)
            {
                prepared.Batch?.Dispose();
            }

            ready.Clear();
        }

        stop.Dispose();
    }

    private void Work()
    {
        while (TakeNumber() is { } number)
        {
            var prepared = Prepare(number);
            lock (turn)
            {
                ready[number] = prepared;

                // Neither behind the last batch nor behind a failure is anything handed out.
                ended |= prepared.Batch is null;
                Monitor.PulseAll(turn);
            }
        }
    }

    private long? TakeNumber()
    {
        lock (turn)
        {
            while (!ended && !stopped.IsCancellationRequested)
            {
                if (nextToPrepare - nextToHandOut < room)
                {
                    return nextToPrepare++;
                }

                Monitor.Wait(turn);
            }

            return null;
        }
    }

    private Prepared Prepare(long number)
    {
        try
        {
            return new Prepared(prepare(number, stopped), null);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to whoever asks for this batch.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Prepared(null, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private void Wake()
    {
        lock (turn)
        {
            Monitor.PulseAll(turn);
        }
    }

    private sealed record Prepared(TBatch? Batch, ExceptionDispatchInfo? Failure);
}
