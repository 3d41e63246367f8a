using System.Collections.Concurrent;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Loading;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Loading;

public sealed class PrefetchingLoaderTests
{
    private readonly ConcurrentDictionary<Thread, bool> workers = new();
    private readonly ConcurrentBag<Batch> made = [];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(4, 1)]
    [InlineData(4, 9)]
    public void OrderAndContentAreTheSameWhateverTheThreads(int threads, int lookAhead)
    {
        using var loader = Start((number, _) => number < 60 ? MadeSlowly(number) : null, threads, lookAhead, first: 3);
        for (var number = 3; number < 60; number++)
        {
            using var batch = loader.Next();
            Assert.Equal((number, RandomSource.For(number).NextBits()), (batch!.Number, batch.Content));
        }

        Assert.Null(loader.Next());
        Assert.Null(loader.Next());
    }

    [Fact]
    public void BatchesArePreparedBeforeTheyAreAskedFor()
    {
        using var five = new CountdownEvent(5);
        using var loader = Start((number, _) => Signalled(number, five), threads: 2, lookAhead: 5);
        Assert.True(five.Wait(TimeSpan.FromSeconds(60)), "no more than was asked for is prepared");

        static Batch Signalled(long number, CountdownEvent five)
        {
            if (number < 5)
            {
                five.Signal();
            }

            return new Batch(number);
        }
    }

    [Fact]
    public void NoMoreThanTheLookAheadAreInWorkOrWait()
    {
        var handedOut = 0L;
        var furthest = 0L;
        using var loader = Start(
            (number, _) =>
            {
                InterlockedMax(ref furthest, number - Interlocked.Read(ref handedOut));
                return new Batch(number);
            },
            threads: 3,
            lookAhead: 4
        );
        for (var i = 0; i < 200; i++)
        {
            // Counted before the call, as the loader may start the next batch before the call returns.
            Interlocked.Increment(ref handedOut);
            loader.Next()!.Dispose();
        }

        Assert.InRange(Interlocked.Read(ref furthest), 0, 3);
    }

    [Fact]
    public void AllThreadsWorkAtOnce()
    {
        using var together = new Barrier(3);
        using var loader = Start(
            (number, _) =>
            {
                // Each of the first three waits for the two others: a loader with fewer threads would fail.
                Assert.True(number >= 3 || together.SignalAndWait(TimeSpan.FromSeconds(60)));
                return new Batch(number);
            },
            threads: 3,
            lookAhead: 3
        );
        for (var number = 0; number < 3; number++)
        {
            Assert.Equal(number, loader.Next()!.Number);
        }
    }

    [Fact]
    public void AFailure_ReachesWhoAsksForThatBatchAfterAllBeforeItAndAgain()
    {
        using var loader = Start((number, _) => number == 4 ? throw Unreadable() : MadeSlowly(number), threads: 3, lookAhead: 6);
        for (var number = 0; number < 4; number++)
        {
            Assert.Equal(number, loader.Next()!.Number);
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.Contains(
                "missing/photo.jpg: no such image file",
                Assert.Throws<ImageException>(() => loader.Next()).Message,
                StringComparison.Ordinal
            );
        }

        static ImageException Unreadable() => Assert.Throws<ImageException>(() => ImageDecoder.Read("missing/photo.jpg"));
    }

    [Fact]
    public void Cancellation_EndsAWaitingConsumerAndTheThreads()
    {
        using var cancellation = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        using var loader = Start(Endless, threads: 2, lookAhead: 2, cancellation: cancellation.Token);
        started.Wait();
        cancellation.CancelAfter(20);
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next());
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next());
        Assert.All(workers.Keys, worker => Assert.True(worker.Join(TimeSpan.FromSeconds(60)), "a thread outlives the cancellation"));

        Batch? Endless(long number, CancellationToken token)
        {
            started.Set();
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return new Batch(number);
        }
    }

    [Fact]
    public void Disposal_LeavesNoThreadAndNoBatchBehind()
    {
        var loader = Start((number, _) => MadeSlowly(number), threads: 4, lookAhead: 8);
        using (loader.Next())
        {
            loader.Dispose();
        }

        Assert.NotEmpty(workers);
        Assert.All(workers.Keys, worker => Assert.False(worker.IsAlive));
        Assert.All(made, batch => Assert.Equal(1, batch.Disposals));
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.Next());
    }

    [Fact]
    public void DisposalWhileAConsumerWaits_EndsTheWait()
    {
        using var started = new ManualResetEventSlim();
        var loader = Start(
            (number, token) =>
            {
                started.Set();
                token.WaitHandle.WaitOne();
                return new Batch(number);
            },
            threads: 1,
            lookAhead: 1
        );
        started.Wait();
        var consumer = new Thread(() => Assert.ThrowsAny<OperationCanceledException>(loader.Next)) { IsBackground = true };
        consumer.Start();
        SpinWait.SpinUntil(() => (consumer.ThreadState & ThreadState.WaitSleepJoin) != 0, TimeSpan.FromSeconds(60));
        loader.Dispose();
        Assert.True(consumer.Join(TimeSpan.FromSeconds(60)), "the consumer still waits");
        Assert.All(made, batch => Assert.Equal(1, batch.Disposals));
    }

    [Fact]
    public void AFinishedLoader_HasNoThreads()
    {
        using var loader = Start((number, _) => number < 3 ? new Batch(number) : null, threads: 2, lookAhead: 4);
        while (loader.Next() is { } batch)
        {
            batch.Dispose();
        }

        Assert.All(workers.Keys, worker => Assert.True(worker.Join(TimeSpan.FromSeconds(60)), "a thread outlives the last batch"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void NeitherThreadsNorLookAheadMayBeZero(int threads, int lookAhead) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Start((number, _) => new Batch(number), threads, lookAhead));

    private PrefetchingLoader<Batch> Start(
        Func<long, CancellationToken, Batch?> prepare,
        int threads,
        int lookAhead,
        long first = 0,
        CancellationToken cancellation = default
    ) =>
        new(
            (number, token) =>
            {
                workers[Thread.CurrentThread] = true;
                var batch = prepare(number, token);
                if (batch is not null)
                {
                    made.Add(batch);
                }

                return batch;
            },
            threads,
            lookAhead,
            first,
            cancellation
        );

    // Later numbers are often done earlier.
    private static Batch MadeSlowly(long number)
    {
        Thread.Sleep((int)(number * 7 % 5));
        return new Batch(number);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen;
        while ((seen = Interlocked.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen) { }
    }

    private sealed class Batch(long number) : IDisposable
    {
        public long Number => number;

        public ulong Content { get; } = RandomSource.For(number).NextBits();

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
