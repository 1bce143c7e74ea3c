@main
struct Main {
    static func main() { print("load is not written yet") }
}
