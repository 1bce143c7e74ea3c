@main
struct Main {
    static func main() { print("model-api is not written yet") }
}
