using System.Buffers;
using System.IO.Compression;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Reads a results file piece by piece: pieces are parsed in parallel and handed on in the file's order.</summary>
internal static class ResultsFile
{
    public static void ForEach(string path, int threads, Func<ResultConverter> createConverter, Action<DetectionResult> use)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            ForEach(path, new ChunkStream(stream), threads, createConverter, use);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static void ForEach(string path, ChunkStream chunks, int threads, Func<ResultConverter> createConverter, Action<DetectionResult> use)
    {
        var ahead = threads > 0 ? threads : Environment.ProcessorCount + 1;
        var pending = new Queue<Piece>();
        var entries = 0L;
        while (true)
        {
            while (!chunks.IsAtEnd && pending.Count < ahead)
            {
                pending.Enqueue(Piece.Start(chunks.Next(), chunks.IsAtEnd, createConverter));
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
                var next = pending.Count > 0 ? pending.Dequeue() : Piece.Start(chunks.Next(), chunks.IsAtEnd, createConverter);
                piece = Piece.Join(piece, next, createConverter);
                chunk = piece.Chunk;
            }

            foreach (var result in chunk.Results)
            {
                try
                {
                    use(result);
                }
                catch (AnnotationException exception)
                {
                    throw new AnnotationException($"{path}: entry [{entries}]: {exception.Message.TrimEnd('.')}.");
                }

                entries++;
            }

            piece.Release();
            if (chunk.Error is not null)
            {
                throw new AnnotationException($"{path}: entry [{entries}]: {chunk.Error}.");
            }
        }
    }

    private sealed class Piece
    {
        private readonly ArraySegment<byte> bytes;
        private readonly Task<ResultsChunk> reading;

        private Piece(ArraySegment<byte> bytes, bool isLast, Func<ResultConverter> createConverter)
        {
            this.bytes = bytes;
            IsLast = isLast;
            reading = Task.Run(() => ResultsChunk.Read(bytes, isLast, createConverter()));
        }

        public bool IsLast { get; }

        public ResultsChunk Chunk => reading.GetAwaiter().GetResult();

        /// <summary>Gives the piece's memory back; nothing of it may be used any more.</summary>
        public void Release()
        {
            ArrayPool<byte>.Shared.Return(bytes.Array!);
            Chunk.Release();
        }

        public static Piece Start(ArraySegment<byte> bytes, bool isLast, Func<ResultConverter> createConverter) => new(bytes, isLast, createConverter);

        public static Piece Join(Piece first, Piece second, Func<ResultConverter> createConverter)
        {
            var count = first.bytes.Count + second.bytes.Count;
            var joined = ArrayPool<byte>.Shared.Rent(count);
            first.bytes.CopyTo(joined, 0);
            second.bytes.CopyTo(joined, first.bytes.Count);
            joined[first.bytes.Count] = (byte)',';

            // Both have to be read to their ends before their arrays may be used for anything else.
            _ = second.Chunk;
            first.Release();
            second.Release();
            return new Piece(new ArraySegment<byte>(joined, 0, count), second.IsLast, createConverter);
        }
    }
}
