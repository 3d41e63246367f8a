using System.Collections.Concurrent;

namespace DetectorDsl.Data.Loading;

/// <summary>
/// Prepares batches on several threads ahead of their use and hands them out in order. What a batch holds depends on its number alone, never on
/// the threads.
/// </summary>
/// <typeparam name="TBatch">A batch.</typeparam>
public sealed class PrefetchingLoader<TBatch> : IDisposable
    where TBatch : IDisposable
{
    private readonly Func<long, CancellationToken, TBatch?> prepare;
    private readonly CancellationTokenSource stop;
    private readonly ConcurrentDictionary<long, Prepared> ready = new();
    private readonly SemaphoreSlim room;
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Thread[] threads;
    private long nextToPrepare;
    private long nextToHandOut;

    /// <summary>Starts the threads.</summary>
    /// <param name="prepare">Makes the batch of a number; null once there are no more. Called on several threads.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    /// <param name="lookAhead">Batches that may wait, at least 1.</param>
    /// <param name="first">Number of the first batch.</param>
    /// <param name="cancellation">Ends the preparation.</param>
    public PrefetchingLoader(Func<long, CancellationToken, TBatch?> prepare, int threads, int lookAhead, long first, CancellationToken cancellation)
    {
        this.prepare = prepare;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        room = new SemaphoreSlim(Math.Max(threads, lookAhead));
        (nextToPrepare, nextToHandOut) = (first, first);
        this.threads = [.. Enumerable.Range(0, threads).Select(index => new Thread(Work) { IsBackground = true, Name = $"loader {index}" })];
        foreach (var thread in this.threads)
        {
            thread.Start();
        }
    }

    /// <summary>The next batch in order.</summary>
    /// <returns>The batch, the caller's to dispose; null after the last.</returns>
    /// <exception cref="OperationCanceledException">The loader was stopped.</exception>
    public TBatch? Next()
    {
        Prepared prepared;
        while (!ready.TryRemove(nextToHandOut, out prepared))
        {
            arrived.Wait(stop.Token);
        }

        if (prepared.Failure is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        if (prepared.Batch is null)
        {
            // The end stays where it is, however often it is asked for.
            ready[nextToHandOut] = prepared;
            return prepared.Batch;
        }

        nextToHandOut++;
        room.Release();
        return prepared.Batch;
    }

    /// <summary>Stops the threads and disposes what they had prepared.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        foreach (var prepared in ready.Values)
        {
            prepared.Batch?.Dispose();
        }

        ready.Clear();
        stop.Dispose();
        room.Dispose();
        arrived.Dispose();
    }

    private void Work()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                room.Wait(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var number = Interlocked.Increment(ref nextToPrepare) - 1;
            var prepared = Prepare(number);
            ready[number] = prepared;
            arrived.Release();
            if (prepared.Batch is null)
            {
                return;
            }
        }
    }

    private Prepared Prepare(long number)
    {
        try
        {
            return new Prepared(prepare(number, stop.Token), null);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to whoever asks for this batch.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Prepared(default, exception);
        }
    }

    private readonly record struct Prepared(TBatch? Batch, Exception? Failure);
}
