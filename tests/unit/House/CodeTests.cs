using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>Holds every C# source to the style of the house, read as syntax.</summary>
public sealed class CodeTests
{
    private const int FunctionLinesMax = 60;

    private static readonly (string Folder, string Namespace)[] Roots =
    [
        ("contracts", "CrossBorderSoc.Contracts"), ("grains", "CrossBorderSoc.Grains"), ("silo", "CrossBorderSoc.Silo"),
        ("gateway", "CrossBorderSoc.Gateway"), ("client", "CrossBorderSoc.Client"), ("cli", "CrossBorderSoc.Cli"),
    ];

    private static readonly string[] EmptyNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"];

    private static readonly Lazy<IReadOnlyList<(string File, CompilationUnitSyntax Unit)>> Parsed = new(
        () => [.. Repository.Sources.AsParallel().AsOrdered()
            .Select(file => (file, CSharpSyntaxTree.ParseText(Repository.Read(file)).GetCompilationUnitRoot()))]);

    [Fact]
    public void Sources_Namespace_IsTheFolder() =>
        (from source in Parsed.Value
         let expected = Expected(source.File)
         from space in source.Unit.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
         where space.Name.ToString() != expected || space is not FileScopedNamespaceDeclarationSyntax
         select $"{source.File}: namespace {space.Name}, expected {expected}, file-scoped")
        .ShouldBeNone("the namespace is the folder");

    [Fact]
    public void Functions_Lines_AtMost60() =>
        (from source in Parsed.Value
         from node in source.Unit.DescendantNodes()
         where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
         let span = node.SyntaxTree.GetLineSpan(node.Span)
         let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
         where lines > FunctionLinesMax
         select $"{source.File}:{span.StartLinePosition.Line + 1}: {lines} lines")
        .ShouldBeNone($"a function has at most {FunctionLinesMax} lines");

    [Fact]
    public void ProductTypes_Names_SayWhatTheyAre() =>
        (from source in Parsed.Value
         where IsProduct(source.File)
         from type in source.Unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
         let name = type.Identifier.Text
         where EmptyNames.Any(name.EndsWith) || (IsDomain(source.File) && name.EndsWith("Service", Ordinal))
         select $"{source.File}: {name}")
        .ShouldBeNone("a type is named by what it is, not Manager, Helper, Util or (in the domain) Service");

    [Fact]
    public void PublicTypesAndMethods_Documentation_Present() =>
        (from source in Parsed.Value
         where IsProduct(source.File)
         from node in source.Unit.DescendantNodes().OfType<MemberDeclarationSyntax>()
         where node is BaseTypeDeclarationSyntax or MethodDeclarationSyntax
         where node.Modifiers.Any(SyntaxKind.PublicKeyword) && !node.Modifiers.Any(SyntaxKind.OverrideKeyword)
         where node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().All(IsPublic) && !Implements(node)
         where !node.GetLeadingTrivia().Any(SyntaxKind.SingleLineDocumentationCommentTrivia)
         select $"{source.File}:{node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1}")
        .ShouldBeNone("public types and methods of the product carry a documentation comment");

    [Fact]
    public void Tests_Names_StateThePromise() =>
        (from source in Parsed.Value
         from method in source.Unit.DescendantNodes().OfType<MethodDeclarationSyntax>()
         from attribute in method.AttributeLists.SelectMany(list => list.Attributes)
         where attribute.Name.ToString() is "Fact" or "Theory"
         where !method.Identifier.Text.Contains('_', Ordinal)
         select $"{source.File}: {method.Identifier.Text}")
        .ShouldBeNone("a test's name states its promise: Push_SameIdentifierTwice_CountsOnce");

    private static bool IsPublic(BaseTypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    // What implements or completes something is documented where that is declared; the compiler holds the rest.
    private static bool Implements(MemberDeclarationSyntax node) =>
        node is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax { BaseList: not null } }
        || node is MethodDeclarationSyntax { Identifier.Text: "Equals" or "GetHashCode" or "ToString" or "CompareTo" }
        || node.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool IsProduct(string file) => Roots.Any(root => InFolder(file, root.Folder));

    private static bool IsDomain(string file) => InFolder(file, "grains") || InFolder(file, "contracts");

    private static bool InFolder(string file, string folder) => file.StartsWith(folder + "/", Ordinal);

    private static string Expected(string file)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        var parts = folder.Split('/');
        var (skip, root) = parts[0] == "tests"
            ? (2, $"CrossBorderSoc.Tests.{char.ToUpperInvariant(parts[1][0])}{parts[1][1..]}")
            : (1, Roots.FirstOrDefault(r => r.Folder == parts[0]).Namespace ?? parts[0]);
        return string.Join('.', parts.Skip(skip).Prepend(root));
    }
}
