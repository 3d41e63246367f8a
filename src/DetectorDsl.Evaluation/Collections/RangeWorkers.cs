namespace DetectorDsl.Evaluation.Collections;

/// <summary>Shares ranges of numbers among threads.</summary>
internal static class RangeWorkers
{
    /// <param name="count">The numbers from 0 on.</param>
    /// <param name="step">Numbers handed out at a time.</param>
    /// <param name="threads">Most threads; -1 for as many as the machine has.</param>
    /// <param name="create">Called by each thread; the result takes the first number of a range and the one behind its last.</param>
    public static void Run(int count, int step, int threads, Func<Action<int, int>> create)
    {
        var workers = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, (count + step - 1) / step);
        var next = 0;
        var others = new Task[Math.Max(0, workers - 1)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Task.Run(Work);
        }

        try
        {
            Work();
        }
        finally
        {
            Task.WaitAll(others);
        }

        void Work()
        {
            var work = create();
            for (int start; (start = Interlocked.Add(ref next, step) - step) < count; )
            {
                work(start, Math.Min(start + step, count));
            }
        }
    }
}
