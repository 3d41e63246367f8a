using System.Diagnostics;
using System.Globalization;
using DetectorDsl.Annotations;
using DetectorDsl.Annotations.LargeFiles;

// write FILE [IMAGES]: the file, of the full size or smaller. results FILE IMAGES: 300 detections on each of its images. read FILE [FOLDER]: how long reading takes, with a cache in the folder, and the memory needed.
switch (args)
{
    case ["write", var path, .. var rest]:
        using (var stream = File.Create(path))
        {
            new LargeFile(rest is [var images] ? int.Parse(images, CultureInfo.InvariantCulture) : LargeFile.FullImages).Write(stream);
        }

        return 0;
    case ["results", var path, var images]:
        using (var stream = File.Create(path))
        {
            new LargeResults(int.Parse(images, CultureInfo.InvariantCulture)).Write(stream);
        }

        return 0;
    case ["read", var path, .. var cache]:
        var watch = Stopwatch.StartNew();
        var set = cache is [var folder] ? new AnnotationCache(folder).Read(path) : AnnotationReader.Read(path);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Images.Length} images, {set.Annotations.Length} annotations, {set.Problems.Length} problems: {watch.Elapsed.TotalSeconds:0.00} s in the program, {(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds:0.00} s since its start, at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB resident"
            )
        );
        return 0;
    default:
        Console.Error.WriteLine("write FILE [IMAGES], results FILE IMAGES, or read FILE [FOLDER].");
        return 2;
}
