using System.Buffers;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Reads a results file piece by piece: pieces are parsed in parallel and handed on in the file's order.</summary>
internal static class ResultsFile
{
    /// <param name="path">The file.</param>
    /// <param name="threads">Most threads; -1 for as many as the machine has.</param>
    /// <param name="createConverter">One for each piece.</param>
    /// <param name="createSink">One for each piece that is read at a time.</param>
    /// <param name="use">Takes the detections of a piece; the sink may not be used any more afterwards.</param>
    /// <exception cref="AnnotationException">The file or one of its entries cannot be used.</exception>
    public static void ForEach<T>(string path, int threads, Func<ResultConverter> createConverter, Func<T> createSink, Action<T> use)
        where T : class, IDetectionSink
    {
        try
        {
            using var stream = JsonInput.Open(path);
            ForEach(
                path,
                new ChunkStream(stream),
                threads > 0 ? threads : Environment.ProcessorCount + 1,
                new Reading<T>(createConverter, createSink),
                use
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static void ForEach<T>(string path, ChunkStream chunks, int ahead, Reading<T> reading, Action<T> use)
        where T : class, IDetectionSink
    {
        var pending = new Queue<Piece<T>>();
        var entries = 0L;
        while (true)
        {
            while (!chunks.IsAtEnd && pending.Count < ahead)
            {
                pending.Enqueue(reading.Start(chunks.Next(), chunks.IsAtEnd));
            }

            if (pending.Count == 0)
            {
                return;
            }

            var piece = pending.Dequeue();
            var chunk = piece.Chunk;
            while (!chunk.IsComplete && !piece.IsLast)
            {
                // The cut was none: the two pieces are one.
                var next = pending.Count > 0 ? pending.Dequeue() : reading.Start(chunks.Next(), chunks.IsAtEnd);
                if (piece.Bytes.Count > InputBudget.LargestEntry)
                {
                    throw new AnnotationException(
                        $"{path}: entry [{entries + chunk.Results.Count}]: it takes more than {InputBudget.LargestEntry >> 20} MiB, as no detection does."
                    );
                }

                piece = reading.Join(piece, next);
                chunk = piece.Chunk;
            }

            entries += chunk.Results.Count;
            if (chunk.Error is not null)
            {
                throw new AnnotationException($"{path}: entry [{entries}]: {chunk.Error}.");
            }

            use(chunk.Results);
            reading.Release(piece);
        }
    }

    private sealed class Piece<T>(ArraySegment<byte> bytes, bool isLast, Task<ResultsChunk<T>> reading)
        where T : class, IDetectionSink
    {
        public ArraySegment<byte> Bytes => bytes;

        public bool IsLast => isLast;

        public ResultsChunk<T> Chunk => reading.GetAwaiter().GetResult();
    }

    private sealed class Reading<T>(Func<ResultConverter> createConverter, Func<T> createSink)
        where T : class, IDetectionSink
    {
        private readonly Stack<T> spare = [];

        public Piece<T> Start(ArraySegment<byte> bytes, bool isLast)
        {
            var sink = spare.TryPop(out var used) ? used : createSink();
            return new Piece<T>(bytes, isLast, Task.Run(() => ResultsChunk<T>.Read(bytes, isLast, createConverter(), sink)));
        }

        /// <summary>Gives the piece's memory back; nothing of it may be used any more.</summary>
        public void Release(Piece<T> piece)
        {
            ArrayPool<byte>.Shared.Return(piece.Bytes.Array!);
            piece.Chunk.Results.Clear();
            spare.Push(piece.Chunk.Results);
        }

        public Piece<T> Join(Piece<T> first, Piece<T> second)
        {
            var count = first.Bytes.Count + second.Bytes.Count;
            var joined = ArrayPool<byte>.Shared.Rent(count);
            first.Bytes.CopyTo(joined, 0);
            second.Bytes.CopyTo(joined, first.Bytes.Count);
            joined[first.Bytes.Count] = (byte)',';

            // Both have to be read to their ends before their memory may be used for anything else.
            _ = second.Chunk;
            Release(first);
            Release(second);
            return Start(new ArraySegment<byte>(joined, 0, count), second.IsLast);
        }
    }
}
