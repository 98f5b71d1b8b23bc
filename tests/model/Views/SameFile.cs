using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// DESIGN 3.2, issue: "the hashes of one file are one file for whoever sees a sighting that names one hash of each type": of this type
/// and of the other. A form holds all of a type or nothing of it, so that nothing hidden counts.
/// </summary>
public static class SameFile
{
    private static readonly string[] Hashes = ["file:md5", "file:sha1", "file:sha256"];

    public static IReadOnlyList<ObservableList> Of(IEnumerable<Form> forms, Observable hash) =>
        !Hashes.Contains(hash.Type) ? [] : ObservableList.Of(
            forms.Select(form => form with
            {
                Observables = form.Observables.Count(each => each.Type == hash.Type) > 1 ? [] :
                [
                    .. form.Observables.Where(each => Hashes.Contains(each.Type)).GroupBy(each => each.Type)
                        .Where(ofType => ofType.Count() == 1).Select(ofType => ofType.Single()),
                ],
            }),
            hash);
}
